/** The DNS tier: an authoritative server for one name. {@link io.tierdrill.lb.dns.DnsServer} is the door. */
package io.tierdrill.lb.dns;
