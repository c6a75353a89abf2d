package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The counters of one network namespace, read through any process that lives in it. */
final class NetworkProbe implements SignalProbe {
    private static final Pattern TIME_WAIT = Pattern.compile("(?m)^TCP: .*\\btw (\\d+)");
    private static final Map<Signal, String> OF_SNMP =
            Map.of(Signal.SEGMENTS, "Tcp OutSegs", Signal.DATAGRAMS_DROPPED, "Udp RcvbufErrors");
    private static final Map<Signal, String> OF_NETSTAT = Map.of(
            Signal.LISTEN_OVERFLOWS, "TcpExt ListenOverflows",
            Signal.SYN_RETRANSMITS, "TcpExt TCPSynRetrans",
            Signal.TCP_TIMEOUTS, "TcpExt TCPTimeouts",
            Signal.DELAYED_ACKS, "TcpExt DelayedACKs");

    private final Path net;
    private final InstanceId of;

    /** @param net a folder like {@code /proc/PID/net} */
    NetworkProbe(Path net, InstanceId of) {
        this.net = net;
        this.of = of;
    }

    @Override
    public void sample(long atNanos, Consumer<? super SignalSample> to) {
        Teller teller = new Teller(atNanos, of, to);
        String netstat = text("netstat");
        String snmp = text("snmp");
        if (snmp.isEmpty()) return;
        OF_SNMP.forEach((signal, name) -> teller.tell(signal, "", value(snmp, name)));
        OF_NETSTAT.forEach((signal, name) -> teller.tell(signal, "", value(netstat, name)));
        teller.tell(
                Signal.SYN_QUEUE_OVERFLOWS,
                "",
                value(netstat, "TcpExt TCPReqQFullDoCookies") + value(netstat, "TcpExt TCPReqQFullDrop"));
        // Requests for a connection are counted among all segments sent again.
        teller.tell(
                Signal.RETRANSMITS,
                "",
                Math.max(0, value(snmp, "Tcp RetransSegs") - value(netstat, "TcpExt TCPSynRetrans")));
        Matcher waiting = TIME_WAIT.matcher(text("sockstat"));
        if (waiting.find()) teller.tell(Signal.TIME_WAIT, "", Long.parseLong(waiting.group(1)));
        Links.parse(text("dev")).forEach(link -> {
            teller.tell(Signal.LINK_BYTES, link.name(), link.sentBytes());
            teller.tell(Signal.LINK_DROPS, link.name(), link.dropped());
        });
    }

    private static long value(String text, String prefixAndName) {
        int blank = prefixAndName.indexOf(' ');
        return NetworkCounters.value(text, prefixAndName.substring(0, blank), prefixAndName.substring(blank + 1));
    }

    /** Empty where the process is gone or the kernel does not say. */
    private String text(String name) {
        try {
            return Files.readString(net.resolve(name));
        } catch (IOException notSaid) {
            return "";
        }
    }

    @Override
    public void close() {}
}
