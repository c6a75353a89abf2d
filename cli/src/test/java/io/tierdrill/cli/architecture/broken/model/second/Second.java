package io.tierdrill.cli.architecture.broken.model.second;

import io.tierdrill.cli.architecture.broken.model.first.First;

public record Second(First first) {}
