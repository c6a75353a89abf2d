package io.tierdrill.cli;

import io.tierdrill.load.Schedule;
import io.tierdrill.model.statistics.MessageStatistics;
import io.tierdrill.model.statistics.StatisticsCollector;
import io.tierdrill.model.statistics.TraceStatistics;
import io.tierdrill.model.trace.MessageScript;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.inspect.InspectText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a replay would send, without sending it: a schedule in the words of {@code inspect}. Serialises to the JSON of
 * {@code replay --dry-run --json}.
 *
 * @param plannedSeconds how long it would take
 * @param seed of everything drawn by chance
 * @param remarks what is left out and why, and what stands in the way of sending it
 * @param statistics of the requests at the times they are due
 * @param messages on WebSockets: those of clients would be sent, pongs and closes that answer excepted
 */
record DryRun(
        double plannedSeconds,
        long seed,
        List<String> remarks,
        TraceStatistics statistics,
        MessageStatistics messages) {

    /** Reads the schedule to its end; memory is bounded. */
    static DryRun of(Schedule schedule, long seed) {
        StatisticsCollector collector = new StatisticsCollector();
        MessageStatistics.Collector messages = new MessageStatistics.Collector();
        while (schedule.hasNext()) {
            RequestRecord request = schedule.next().request();
            collector.add(request);
            request.response().flatMap(RequestRecord.Response::messages).ifPresent(m -> add(m, messages));
        }
        return new DryRun(
                schedule.plannedNanos() / 1e9, seed, remarks(schedule), collector.statistics(), messages.statistics());
    }

    private static List<String> remarks(Schedule schedule) {
        Stream<String> faults = schedule.faults().stream()
                .map(fault ->
                        "a replay would refuse this: " + fault.where() + ": " + fault.what() + ". " + fault.help());
        return Stream.concat(schedule.remarks().stream(), faults).toList();
    }

    private static void add(MessageScript script, MessageStatistics.Collector messages) {
        MessageScript.Reading reading = script.reading();
        while (reading.next()) messages.add(reading.from(), reading.opcode(), reading.bytes());
    }

    void print(Appendable out) throws IOException {
        line(out, "DRY RUN       nothing was sent");
        for (String remark : remarks) line(out, "  note        " + remark);
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "  requests    %,d in %.3f s as planned, mean %.2f/s; %,d clients; seed %d",
                        statistics.requests(),
                        plannedSeconds,
                        statistics.requests() / plannedSeconds,
                        statistics.clients().distinct(),
                        seed));
        InspectText.body(statistics, out);
        InspectText.messages(messages, out);
    }

    private static void line(Appendable out, String text) throws IOException {
        out.append(text).append(System.lineSeparator());
    }
}
