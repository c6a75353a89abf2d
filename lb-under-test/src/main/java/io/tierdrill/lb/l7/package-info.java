/**
 * The L7 tier: an HTTP/1.1 reverse proxy. The door is {@link io.tierdrill.lb.l7.L7Balancer}; the life of one request is
 * in {@code FrontConnection} and {@code Exchange}.
 */
package io.tierdrill.lb.l7;
