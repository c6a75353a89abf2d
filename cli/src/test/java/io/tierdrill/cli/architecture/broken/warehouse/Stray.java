package io.tierdrill.cli.architecture.broken.warehouse;

final class Stray {}
