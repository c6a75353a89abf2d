package io.tierdrill.recorder.aws;

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

/** CloudFront's standard logs: fields parted by tabs, named by a {@code #Fields} line. */
public final class CloudFrontFormat implements Format {

    @Override
    public String word() {
        return "aws-cloudfront";
    }

    @Override
    public String description() {
        return "AWS CloudFront standard log: tabs, #Fields: date time x-edge-location sc-bytes c-ip cs-method ...";
    }

    @Override
    public Likeness judge(Head head) {
        return FirstLines.judge(head, new CloudFrontLine(new Server("http", "")));
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) {
        return new Reading(
                word(),
                new LineReader(in),
                new CloudFrontLine(server),
                Timing.seconds(),
                Map.of("arrival", "aws-cloudfront: the time logged is that of the end; time-taken was taken off it."));
    }
}
