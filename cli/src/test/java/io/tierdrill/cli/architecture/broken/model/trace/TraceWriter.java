package io.tierdrill.cli.architecture.broken.model.trace;

public record TraceWriter() {}
