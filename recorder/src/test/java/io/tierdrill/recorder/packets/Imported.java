package io.tierdrill.recorder.packets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.CaptureReader;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What came of a capture: the requests, with their time since 1970 as offset, and the account. */
record Imported(List<RequestRecord> requests, List<MessageRecord> messages, CaptureAccount account) {

    static Imported of(PacketLab lab) {
        return of(lab.pcap(), CaptureOptions.defaults());
    }

    static Imported of(PacketLab lab, CaptureOptions options) {
        return of(lab.pcap(), options);
    }

    /** Without a file: the bytes as tcpdump would send them on a pipe. */
    static Imported of(byte[] capture, CaptureOptions options) {
        return of(capture, options, KeyLog.empty());
    }

    static Imported of(byte[] capture, CaptureOptions options, KeyLog keys) {
        Tally tally = new Tally();
        List<RequestRecord> requests = new ArrayList<>();
        List<MessageRecord> messages = new ArrayList<>();
        PacketPipeline pipeline = new PacketPipeline(options, tally, keys, new TraceOrder.Sink() {
            @Override
            public void write(PackedRequest request) {
                tally.imported();
                requests.add(request.record());
            }

            @Override
            public void write(PackedMessage message) {
                messages.add(message.record());
            }
        });
        try (CaptureReader reader = CaptureReader.read(new ByteArrayInputStream(capture), "lab")) {
            reader.secretsTo(text -> keys.add("lab", text));
            while (reader.next()) pipeline.take(reader.frame());
            pipeline.finish();
            long rejected = tally.rejected().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            CaptureAccount.Input input = new CaptureAccount.Input(
                    "lab",
                    reader.format().word(),
                    reader.frames(),
                    reader.damage().orElse(""));
            return new Imported(
                    requests,
                    messages,
                    new CaptureAccount(
                            tally.importedSoFar() + rejected,
                            tally.importedSoFar(),
                            tally.rejected(),
                            tally.rejectPlaces(),
                            List.of(input),
                            tally.packets(reader.drops()),
                            null,
                            null,
                            Map.of()));
        } catch (IOException | BadInputException failed) {
            throw new AssertionError(failed);
        }
    }

    static List<RequestRecord> read(Path trace) throws IOException, BadInputException {
        List<RequestRecord> requests = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            reader.forEachRemaining(requests::add);
        }
        return requests;
    }

    List<String> paths() {
        return requests.stream().map(RequestRecord::path).toList();
    }

    /** {@code path status bytes} of each, with a dash for what is not known. */
    List<String> lines() {
        return requests.stream().map(Imported::line).toList();
    }

    private static String line(RequestRecord r) {
        String response = r.response()
                .map(p -> p.status() + " " + p.bytes().map(String::valueOf).orElse("-"))
                .orElse("-");
        return r.path() + " " + response;
    }

    long packets(Fate fate) {
        return account.packets().of(fate);
    }

    long observed(Observation what) {
        return account.packets().of(what);
    }
}
