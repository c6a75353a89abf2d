package io.tierdrill.recorder.imports;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an import made of a log.
 *
 * @param start of the trace
 */
record ImportedLog(ImportAccount account, Instant start, Map<String, String> notes, List<RequestRecord> requests) {

    static ImportedLog of(Path folder, ImportOptions options, String... lines) throws IOException, BadInputException {
        Path log = Files.writeString(folder.resolve("a.log"), String.join("\n", lines) + "\n");
        return of(List.of(log), folder, options.withMaxRejects(1));
    }

    static ImportedLog found(Path folder, String... lines) throws IOException, BadInputException {
        return of(
                folder,
                ImportOptions.defaults()
                        .withRedaction(RedactionConfig.defaults().off()),
                lines);
    }

    static ImportedLog as(Format format, Path folder, String... lines) throws IOException, BadInputException {
        return of(
                folder,
                ImportOptions.defaults()
                        .withRedaction(RedactionConfig.defaults().off())
                        .withFormat(format),
                lines);
    }

    static ImportedLog of(List<Path> logs, Path folder, ImportOptions options) throws IOException, BadInputException {
        Path trace = folder.resolve("a.trace");
        ImportAccount account = TraceImport.run(logs, trace, options);
        List<RequestRecord> requests = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            reader.forEachRemaining(requests::add);
            return new ImportedLog(
                    account, reader.header().start(), reader.header().notes(), requests);
        }
    }

    String format() {
        return account.inputs().get(0).format();
    }

    String resolution() {
        return account.inputs().get(0).resolution();
    }

    RequestRecord only() {
        if (requests.size() != 1) throw new AssertionError("not one request but " + requests + ", " + account);
        return requests.get(0);
    }

    Instant arrival(int request) {
        return start.plusNanos(requests.get(request).offsetNanos());
    }

    /** {@code client connection user METHOD scheme://authority path status bytes latency}. */
    String line() {
        RequestRecord r = only();
        RequestRecord.Response response = r.response().orElse(null);
        return String.join(
                " ",
                r.client(),
                r.connection().isEmpty() ? "-" : r.connection(),
                r.user().isEmpty() ? "-" : r.user(),
                r.method(),
                r.scheme() + "://" + r.authority() + " " + r.path(),
                response == null ? "none" : response.status() + "",
                response == null ? "-" : response.bytes().map(Object::toString).orElse("-"),
                response == null
                        ? "-"
                        : response.latencyNanos().map(n -> n / 1000 + "us").orElse("-"));
    }
}
