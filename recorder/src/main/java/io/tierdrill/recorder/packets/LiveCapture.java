package io.tierdrill.recorder.packets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What to capture.
 *
 * @param networkInterface as {@code ip link} names it, or {@code any}
 * @param ports of which the traffic is wanted, each 1 to 65535; at least one
 * @param tcpdump the command and what stands before its arguments, such as {@code sudo tcpdump}
 * @param patience for tcpdump to listen
 */
public record LiveCapture(String networkInterface, List<Integer> ports, List<String> tcpdump, Duration patience) {
    /** Packets wait here while we are not quick enough; beyond it the kernel drops and counts. */
    private static final String KERNEL_BUFFER_KIB = "32768";

    public LiveCapture {
        if (networkInterface.isBlank()) throw new IllegalArgumentException("networkInterface must not be empty");
        if (ports.isEmpty()) throw new IllegalArgumentException("ports must not be empty");
        for (int port : ports)
            if (port < 1 || port > 65_535)
                throw new IllegalArgumentException("a port must be from 1 to 65535, was " + port);
        if (tcpdump.isEmpty()) throw new IllegalArgumentException("tcpdump must not be empty");
        ports = List.copyOf(ports);
        tcpdump = List.copyOf(tcpdump);
    }

    /** With the tcpdump on the path, which has 10 seconds to listen. */
    public static LiveCapture of(String networkInterface, List<Integer> ports) {
        return new LiveCapture(networkInterface, ports, List.of("tcpdump"), Duration.ofSeconds(10));
    }

    public LiveCapture withTcpdump(List<String> command) {
        return new LiveCapture(networkInterface, ports, command, patience);
    }

    /**
     * Without immediate mode, packets that still stand in the ring when tcpdump ends are lost, while it reports no drops.
     */
    List<String> command() {
        List<String> command = new ArrayList<>(tcpdump);
        command.addAll(List.of("-i", networkInterface, "-n", "-U", "--immediate-mode"));
        command.addAll(List.of("--time-stamp-precision=nano", "-B", KERNEL_BUFFER_KIB, "-w", "-"));
        command.add(ports.stream().map(port -> "port " + port).collect(Collectors.joining(" or ")));
        return command;
    }
}
