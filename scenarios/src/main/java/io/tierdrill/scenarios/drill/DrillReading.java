package io.tierdrill.scenarios.drill;

import io.tierdrill.analysis.finding.Validity;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.EventLog;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RequestSampleReader;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.run.SampleReader;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Topology;
import io.tierdrill.scenarios.drill.DrillReport.Ending;
import io.tierdrill.scenarios.drill.DrillReport.Result;
import io.tierdrill.targets.DrillAction;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A drill's run folder, read.
 *
 * @param allWell whether at its end no health check held anybody for ill
 */
record DrillReading(Result result, boolean allWell) {

    static DrillReading of(RunFolder run, InstanceId component, DrillAction action, Validity validity)
            throws IOException, BadInputException {
        List<RunEvent> events = EventLog.read(run.events());
        Optional<Long> away = first(events, component, List.of("drill"));
        long end = endNanos(run);
        if (away.isEmpty() || away.get() >= end)
            return new DrillReading(notDone(events, run, component, action), false);
        // What never came back, or so late, was away to the end.
        long back = Math.min(
                end, first(events, component, List.of("restart", "drill-end")).orElse(end));
        Course course;
        try (RequestSampleReader samples = RequestSampleReader.open(run.requests())) {
            course = Course.of(samples, new Course.Marks(away.get(), back, end));
        }
        HealthSeen health =
                HealthSeen.of(SampleReader.read(run.samples()), component, address(run, component), away.get(), back);
        Ended ended = Ended.of(course, validity.reasons());
        return new DrillReading(result(run, component, action, course, health, ended), health.allWell());
    }

    private static Result result(
            RunFolder run, InstanceId component, DrillAction action, Course course, HealthSeen health, Ended ended) {
        return new Result(
                component.toString(),
                action.word(),
                run.path().toString(),
                ended.ending(),
                course.requests(),
                course.failed(),
                course.kinds(),
                course.cut(),
                course.letDown(),
                health.connections(),
                course.detect(),
                course.eject(),
                course.recover(),
                course.answered(),
                course.p95Micros(),
                health.ejections(),
                ended.sentence());
    }

    private static Result notDone(List<RunEvent> events, RunFolder run, InstanceId component, DrillAction action) {
        String why = events.stream()
                .filter(e -> e.kind().equals("drill-failed"))
                .map(RunEvent::message)
                .findFirst()
                .orElse("the run was over before it was done");
        Course nothing = new Course(
                0, 0, Map.of(), 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
        return result(
                run,
                component,
                action,
                nothing,
                new HealthSeen(List.of(), Optional.empty(), false),
                new Ended(Ending.UNKNOWN, why));
    }

    private static Optional<Long> first(List<RunEvent> events, InstanceId component, List<String> kinds) {
        return events.stream()
                .filter(e -> e.atNanos() > 0 && kinds.contains(e.kind()))
                .filter(e -> e.subject().equals(component.toString()))
                .map(RunEvent::atNanos)
                .findFirst();
    }

    private static long endNanos(RunFolder run) throws IOException, BadInputException {
        return Math.round(RunFiles.read(run.injection(), Injection.class).plannedSeconds() * 1e9);
    }

    private static String address(RunFolder run, InstanceId component) throws IOException, BadInputException {
        return RunFiles.read(run.topology(), Topology.class).tier(component.tier()).stream()
                .flatMap(node -> node.instances().stream())
                .filter(process -> process.id().equals(component))
                .map(Topology.Process::address)
                .findFirst()
                .orElse("");
    }
}
