package io.tierdrill.cli.architecture.broken.lb.util;

final class Picks {}
