package io.tierdrill.load.prepare;

import io.tierdrill.model.trace.RequestRecord;

/**
 * A request as a sender takes it that must see what is in it.
 *
 * @param reuse what becomes of its connection
 */
public record Planned(RequestRecord request, Reuse reuse) {}
