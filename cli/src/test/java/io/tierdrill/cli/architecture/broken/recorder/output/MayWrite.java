package io.tierdrill.cli.architecture.broken.recorder.output;

import io.tierdrill.cli.architecture.broken.model.trace.TraceWriter;

record MayWrite(TraceWriter writer) {}
