/**
 * HTTP/1.1 as the injector speaks it, by hand: {@link io.tierdrill.load.http.RequestEncoder} writes a request into a
 * buffer, {@link io.tierdrill.load.http.ResponseParser} reads of an answer only what a measurement needs. Neither knows
 * of connections or time.
 */
package io.tierdrill.load.http;
