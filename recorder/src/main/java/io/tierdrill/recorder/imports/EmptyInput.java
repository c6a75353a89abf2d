package io.tierdrill.recorder.imports;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import java.io.IOException;
import java.io.InputStream;

/** What an input without a byte is; a log that was rotated a moment ago is empty, and that is no fault. */
final class EmptyInput implements Format {

    @Override
    public String word() {
        return "none, it is empty";
    }

    @Override
    public String description() {
        return "a file without a byte";
    }

    @Override
    public Likeness judge(Head head) {
        return head.bytes().length == 0 ? Likeness.SURE : Likeness.NONE;
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) throws IOException, BadInputException {
        Reading any = Formats.all().get(0).open(head, in, server);
        return new Reading(word(), any.units(), any.parser(), any.timing(), any.notes());
    }
}
