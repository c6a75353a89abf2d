/**
 * The reference balancers: DNS, L3, L4 and L7, as they stand between the injector and the services. The door is
 * {@link io.tierdrill.lb.Balancers}, which starts one as a {@link io.tierdrill.lb.TierInstance}.
 *
 * <p>Each tier is a control side and a data plane. The control side ({@code picker}, {@code health}) thinks slowly and
 * publishes one immutable {@code Picker}; the data plane ({@code dns}, {@code l3}, {@code l4}, {@code l7}) moves bytes on
 * one event loop thread ({@code net}), so that the capacity of an instance is one core. Begin with {@code l7}.
 */
package io.tierdrill.lb;
