/**
 * From the target's name to addresses: {@link io.tierdrill.load.dns.Addresses} is the door. Fixed ones for targets
 * without a resolver, {@link io.tierdrill.load.dns.Resolver} for those whose DNS is part of what is tested, and
 * {@link io.tierdrill.load.dns.ResolverPopulation} where its balancing is to meet the caches of many resolvers.
 */
package io.tierdrill.load.dns;
