/**
 * The order of requests within a user: {@link io.tierdrill.load.order.UserOrder} says who must wait for whom. Pure: due
 * times and recorded latencies in, turns out; it knows no clock and no network.
 */
package io.tierdrill.load.order;
