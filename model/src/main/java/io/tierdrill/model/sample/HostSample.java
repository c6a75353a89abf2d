package io.tierdrill.model.sample;

/**
 * What the machine says of itself. Counters are cumulative since it booted.
 *
 * @param cores processors it may use
 * @param busySeconds processor time not idle, over all cores
 * @param stealSeconds processor time taken by a hypervisor for others
 * @param cpuPressureSeconds time some task waited for a processor (PSI {@code some}); zero where not offered
 * @param listenOverflows connections refused because an accept queue was full
 * @param listenDrops connections dropped at listeners, for that or any other reason
 * @param retransmits TCP segments sent again
 * @param udpReceiveErrors datagrams dropped because a receive buffer was full
 */
public record HostSample(
        long atNanos,
        int cores,
        double busySeconds,
        double stealSeconds,
        double cpuPressureSeconds,
        long listenOverflows,
        long listenDrops,
        long retransmits,
        long udpReceiveErrors)
        implements Sample {}
