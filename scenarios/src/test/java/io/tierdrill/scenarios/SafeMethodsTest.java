package io.tierdrill.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.Schedule;
import io.tierdrill.load.ScheduledRequest;
import io.tierdrill.model.trace.RequestRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SafeMethodsTest {
    private static final List<String> ASKED = List.of("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS");

    @Test
    void leavesOutWhatChangesThingsOnForeignTargetsAndKeepsTheOthersDueTimes() {
        Schedule schedule = SafeMethods.filter(target("http://shop.example", false), asked());

        assertThat(sent(schedule)).containsExactly("0 GET", "2 HEAD", "6 OPTIONS");
        assertThat(((SafeMethods) schedule).leftOut()).isEqualTo(4);
        assertThat(((SafeMethods) schedule).event(7).orElseThrow().message())
                .isEqualTo("4 requests that change things (POST, PUT, PATCH, DELETE) were left out;"
                        + " 'unsafeMethods: true' under target sends them");
    }

    @Test
    void sendsEverythingWhereItIsAllowedOrAtHome() {
        assertThat(sent(SafeMethods.filter(target("http://shop.example", true), asked())))
                .hasSize(ASKED.size());
        assertThat(sent(SafeMethods.filter(target("http://127.0.0.1:8080", false), asked())))
                .hasSize(ASKED.size());
    }

    private static TargetConfig target(String url, boolean unsafe) {
        return TargetConfig.parse(url, List.of("shop.example"), unsafe).orElseThrow();
    }

    private static List<String> sent(Schedule schedule) {
        List<String> sent = new ArrayList<>();
        schedule.forEachRemaining(r -> sent.add(r.dueNanos() + " " + r.request().method()));
        return sent;
    }

    private static Schedule asked() {
        Iterator<ScheduledRequest> requests = Stream.iterate(0, i -> i < ASKED.size(), i -> i + 1)
                .map(i -> new ScheduledRequest(i, request(i, ASKED.get(i))))
                .iterator();
        return new Schedule() {
            @Override
            public boolean hasNext() {
                return requests.hasNext();
            }

            @Override
            public ScheduledRequest next() {
                return requests.next();
            }

            @Override
            public long plannedNanos() {
                return ASKED.size();
            }

            @Override
            public void close() {}
        };
    }

    private static RequestRecord request(long at, String method) {
        return new RequestRecord(
                at,
                "192.0.2.1",
                "",
                "",
                "http",
                method,
                "",
                "/",
                List.of(),
                RequestRecord.Body.none(),
                Optional.empty());
    }
}
