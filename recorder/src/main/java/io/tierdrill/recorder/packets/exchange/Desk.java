package io.tierdrill.recorder.packets.exchange;

import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.stream.Memory;

/**
 * What the conversations of a capture share.
 *
 * @param order where requests go
 * @param tally counts
 * @param memory of all connections together
 * @param bodyBytes of a request's body that are kept; of a longer one only the size
 */
public record Desk(TraceOrder order, Tally tally, Memory memory, int bodyBytes) {}
