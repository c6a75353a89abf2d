package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.stream.Memory;

/** What the conversations of a capture share. */
record Desk(TraceOrder order, Tally tally, Memory memory, HttpLimits limits) {}
