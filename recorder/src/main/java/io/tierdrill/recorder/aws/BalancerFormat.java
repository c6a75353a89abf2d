package io.tierdrill.recorder.aws;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Timing;
import io.tierdrill.recorder.line.FirstLines;
import io.tierdrill.recorder.line.LineReader;
import java.io.InputStream;
import java.util.Map;

/** What Amazon's load balancers leave in S3. */
public enum BalancerFormat implements Format {
    /** Application Load Balancer. */
    AWS_ALB("AWS Application Load Balancer: type time elb client:port target:port timers statuses \"request\" ..."),
    /** Classic Load Balancer. */
    AWS_ELB("AWS Classic Load Balancer: time elb client:port backend:port timers statuses bytes \"request\" ..."),
    /** Network Load Balancer: recognised, and refused. */
    AWS_NLB("AWS Network Load Balancer: recognised and refused, it tells of TLS connections and of no request");

    private static final long MICROSECOND = 1_000;

    private final String description;

    BalancerFormat(String description) {
        this.description = description;
    }

    @Override
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Likeness judge(Head head) {
        return FirstLines.judge(head, new BalancerLine(this, new Server("http", "")));
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) throws BadInputException {
        // A request for each connection would be invented: nobody knows what was asked, or how often.
        if (this == AWS_NLB)
            throw new BadInputException(new Problem(
                    head.name(),
                    "",
                    "is the log of a network load balancer: each line is a TLS connection, and none tells of a request",
                    "Import the log of what stands behind it, or a packet capture."));
        return new Reading(
                word(),
                new LineReader(in),
                new BalancerLine(this, server),
                Timing.stamped(MICROSECOND),
                Map.of("arrival", rule()));
    }

    private String rule() {
        return this == AWS_ALB
                ? "aws-alb: request_creation_time is the arrival; the latency runs from there to the time of the answer."
                : "aws-elb: the time logged is that of the arrival; the latency is the sum of the three timers.";
    }
}
