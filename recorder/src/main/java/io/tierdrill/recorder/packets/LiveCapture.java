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
    private static final String KERNEL_BUFFER_KIB = "131072";

    private static final String PROMPT_OUTPUT = "/dev/fd/3";

    /** Acknowledgements alone tell nothing about requests, and are up to half of all packets. */
    private static final String PURE_ACK_V4 = "(tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) = 0"
            + " and ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] & 0xf0) >> 2) = 0)";

    private static final String PURE_ACK_V6 =
            "(ip6[6] = 6 and ip6[53] & 7 = 0 and ip6[4:2] - ((ip6[52] & 0xf0) >> 2) = 0)";

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
     * tcpdump looks into the kernel's ring ten times a second where it prints as well, and once where it only writes. So it
     * prints, the least it can and to nowhere, and writes its packets to descriptor 3. Not in immediate mode: that wakes
     * tcpdump for each packet and gives each a slot of the longest size in the kernel, so that few fit and many are dropped.
     */
    List<String> promptCommand() {
        return command(List.of("--print", "-l", "-q", "-t"), PROMPT_OUTPUT);
    }

    /** For a tcpdump that cannot print while it writes, or may not open a descriptor by its name. */
    List<String> plainCommand() {
        return command(List.of(), "-");
    }

    private List<String> command(List<String> how, String output) {
        List<String> command = new ArrayList<>(tcpdump);
        command.addAll(List.of("-i", networkInterface, "-n", "-U", "-B", KERNEL_BUFFER_KIB));
        command.addAll(how);
        command.addAll(List.of("--time-stamp-precision=nano", "-w", output, filter()));
        return command;
    }

    /** No test of the direction: libpcap would apply it wrongly to the first packets, and lose them. */
    private String filter() {
        String wanted = ports.stream().map(port -> "port " + port).collect(Collectors.joining(" or "));
        return "(" + wanted + ") and not " + PURE_ACK_V4 + " and not " + PURE_ACK_V6;
    }
}
