package io.tierdrill.cli.architecture.broken.model.first;

import io.tierdrill.cli.architecture.broken.model.second.Second;

public record First(Second second) {}
