package io.tierdrill.recorder.template;

import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Remark;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.line.Escape;
import io.tierdrill.recorder.line.LoggedLine;
import io.tierdrill.recorder.line.LoggedRequest;
import java.util.Map;

/** Finds the fields of a line between the fixed texts of its template. Reused; one thread. */
final class TemplateLine extends LoggedLine {
    private static final Remark EXTRA = new Remark("extra-fields", "with fields behind those of the format, ignored");

    private final Piece[] pieces;
    private final byte[] after;
    private final boolean escapes;
    private byte[] b;
    private int end;
    private long extras;

    TemplateLine(Template template, Server server) {
        super(new LoggedRequest(server, template.escape(), template.logged()));
        this.pieces = template.pieces().toArray(new Piece[0]);
        this.after = template.after();
        this.escapes = template.escape() != Escape.NONE;
    }

    @Override
    public boolean parse(byte[] bytes, int from, int to) {
        b = bytes;
        end = to;
        request.begin(bytes);
        int at = from;
        for (int i = 0; i < pieces.length; i++) {
            if (!at(at, pieces[i].before())) return wrong(at);
            at += pieces[i].before().length;
            int stop = stop(i, at);
            if (stop < 0) return wrong(at);
            put(pieces[i], at, stop);
            at = stop;
        }
        if (!at(at, after)) return wrong(at);
        boolean extra = at + after.length < end;
        if (!request.check(from)) return wrong(request.reason(), request.wrongAt());
        if (extra) extras++;
        return true;
    }

    private void put(Piece piece, int from, int to) {
        switch (piece.field()) {
            case IGNORED -> {}
            case HEADER, COOKIE -> request.set(piece.field(), piece.name(), from, to);
            default -> request.set(piece.field(), from, to);
        }
    }

    /** Where field {@code i} that begins at {@code at} ends, or -1. */
    private int stop(int i, int at) {
        boolean last = i + 1 == pieces.length;
        byte[] next = last ? after : pieces[i + 1].before();
        if (next.length > 0) return indexOf(next, at);
        if (last) return lastStop(at);
        int begin = pieces[i + 1].firstByte();
        byte[] behind = i + 2 == pieces.length ? after : pieces[i + 2].before();
        for (int k = at; k < end; k++) if (b[k] == begin || behind.length > 0 && at(k, behind)) return k;
        return end;
    }

    /** A number or a word ends at a space; what may hold spaces goes to the end of the line. */
    private int lastStop(int at) {
        for (int k = at; k < end; k++) if (b[k] == ' ') return k;
        return end;
    }

    /** The next place of the text, or -1. What is escaped is not looked at. */
    private int indexOf(byte[] text, int from) {
        byte first = text[0];
        int most = end - text.length;
        for (int k = from; k <= most; k++) {
            if (b[k] == first && at(k, text)) return k;
            if (escapes && b[k] == '\\') k++;
        }
        return -1;
    }

    private boolean at(int place, byte[] text) {
        if (end - place < text.length) return false;
        for (int i = 0; i < text.length; i++) if (b[place + i] != text[i]) return false;
        return true;
    }

    private boolean wrong(int where) {
        return wrong(RejectReason.NOT_THIS_FORMAT, where);
    }

    @Override
    public Map<Remark, Long> remarks() {
        return extras == 0 ? Map.of() : Map.of(EXTRA, extras);
    }
}
