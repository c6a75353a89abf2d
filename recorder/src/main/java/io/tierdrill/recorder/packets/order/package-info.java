/** Requests end in another order than they began; {@link io.tierdrill.recorder.packets.order.TraceOrder} sorts them. */
package io.tierdrill.recorder.packets.order;
