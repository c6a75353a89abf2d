/** DNS questions from UDP, with their answers. {@link io.tierdrill.recorder.packets.dns.DnsQuestions} is the door. */
package io.tierdrill.recorder.packets.dns;
