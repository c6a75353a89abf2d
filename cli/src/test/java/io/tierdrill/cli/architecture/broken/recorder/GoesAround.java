package io.tierdrill.cli.architecture.broken.recorder;

import io.tierdrill.cli.architecture.broken.model.trace.TraceWriter;

record GoesAround(TraceWriter writer) {}
