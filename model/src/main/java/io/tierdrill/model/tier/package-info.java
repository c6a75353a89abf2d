/** What a stack is made of. {@link io.tierdrill.model.tier.Topology} is the door. */
package io.tierdrill.model.tier;
