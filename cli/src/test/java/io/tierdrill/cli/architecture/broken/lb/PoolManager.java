package io.tierdrill.cli.architecture.broken.lb;

final class PoolManager {}
