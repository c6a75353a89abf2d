/**
 * DNS questions with their answers. {@link io.tierdrill.recorder.packets.dns.DnsQuestions} is the door for UDP,
 * {@link io.tierdrill.recorder.packets.dns.DnsConversation} for TCP.
 */
package io.tierdrill.recorder.packets.dns;
