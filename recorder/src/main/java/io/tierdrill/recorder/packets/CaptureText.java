package io.tierdrill.recorder.packets;

import io.tierdrill.recorder.output.MaskedText;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.PacketAccount;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.account.TlsAccount;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The account in words, for the terminal and for messages. */
public final class CaptureText {
    /** Of the names of servers and the like; the JSON has more. */
    private static final int MOST_NAMES = 8;

    private CaptureText() {}

    /** Several lines, each ended. */
    public static String of(CaptureAccount account) {
        StringBuilder text = new StringBuilder();
        for (CaptureAccount.Input input : account.inputs()) {
            line(text, "%s: %,d packets, format %s (found)", input.file(), input.packets(), input.format());
            if (!input.damage().isEmpty()) line(text, "  %s", input.damage());
        }
        packets(text, account.packets());
        requests(text, account);
        return text.toString();
    }

    /**
     * Prometheus text format 0.0.4.
     *
     * @param kernelDrops empty where it is not known, as a count that stays at zero would say that none is lost
     */
    public static String metrics(long packetsRead, OptionalLong kernelDrops) {
        String read = counter("packets", "Packets read from tcpdump.", packetsRead);
        if (kernelDrops.isEmpty()) return read;
        return read
                + counter(
                        "kernel_drops", "Packets the kernel dropped before tcpdump saw them.", kernelDrops.getAsLong());
    }

    private static String counter(String name, String help, long value) {
        String family = "tierdrill_capture_" + name + "_total";
        return "# HELP " + family + " " + help + "\n# TYPE " + family + " counter\n" + family + " " + value + "\n";
    }

    private static void packets(StringBuilder text, PacketAccount packets) {
        String sum = Arrays.stream(Fate.Group.values())
                .filter(group -> packets.of(group) > 0)
                .map(group -> String.format(Locale.ROOT, "%s %,d", group.meaning(), packets.of(group)))
                .collect(Collectors.joining(" + "));
        line(text, "saw %,d packets%s%s", packets.seen(), sum.isEmpty() ? "" : " = ", sum);
        for (Fate fate : Fate.values()) {
            if (packets.of(fate) == 0) continue;
            Place first = packets.examples().get(fate.word());
            line(text, "  %,d %s: %s, first %s", packets.of(fate), fate.word(), fate.meaning(), first);
        }
        if (packets.kernelDrops() > 0)
            line(text, "%,d packets were lost by the capturing system and are not among these", packets.kernelDrops());
        for (Observation what : Observation.values())
            if (packets.of(what) > 0) line(text, "%,d %s", packets.of(what), what.meaning());
        tls(text, packets.tls());
    }

    private static void tls(StringBuilder text, TlsAccount tls) {
        names(text, "TLS without keys, by server", tls.withoutKeys());
        names(text, "TLS that is not read though there are keys", tls.unsupported());
        TlsAccount.Keys keys = tls.keys();
        if (keys.secrets() > 0) line(text, "%,d secrets of TLS connections were read", keys.secrets());
        if (keys.malformedLines() > 0) line(text, "%,d lines of the key log are malformed", keys.malformedLines());
        if (keys.forgotten() > 0) line(text, "the secrets of %,d connections were forgotten", keys.forgotten());
        for (String problem : keys.problems()) line(text, "  %s", problem);
    }

    private static void names(StringBuilder text, String what, Map<String, Long> counts) {
        if (counts.isEmpty()) return;
        String most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_NAMES)
                .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        line(text, "%s: %s%s", what, most, counts.size() > MOST_NAMES ? ", ..." : "");
    }

    private static void requests(StringBuilder text, CaptureAccount account) {
        long rejected =
                account.rejected().values().stream().mapToLong(Long::longValue).sum();
        line(text, "read %,d requests = imported %,d + rejected %,d", account.read(), account.imported(), rejected);
        for (RejectReason reason : RejectReason.values()) {
            Long count = account.rejected().get(reason.word());
            if (count == null) continue;
            Place first = account.examples().get(reason.word());
            String where = first == null ? "" : ", first " + first;
            line(text, "  %,d %s: %s%s", count, reason.word(), reason.meaning(), where);
        }
        if (!account.masked().isEmpty()) line(text, "%s", MaskedText.of(account.masked()));
        if (account.imported() > 0) line(text, "from %s to %s", account.firstRequest(), account.lastRequest());
    }

    private static void line(StringBuilder text, String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}
