/**
 * One request with what came back, whichever protocol carried it: {@link io.tierdrill.recorder.packets.exchange.Exchange}.
 * The readers of HTTP/1.x and HTTP/2 fill it and say when it is whole.
 */
package io.tierdrill.recorder.packets.exchange;
