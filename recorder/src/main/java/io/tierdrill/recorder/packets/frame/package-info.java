/**
 * From a frame to TCP segments and UDP datagrams. {@link io.tierdrill.recorder.packets.frame.Dissector} is the door: link
 * headers, VLAN tags, VXLAN, IPv4 with fragments, IPv6 with extension headers. What is neither is counted here.
 */
package io.tierdrill.recorder.packets.frame;
