package io.tierdrill.recorder.packets.exchange;

import io.tierdrill.recorder.fields.HttpWords;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes of a head as text that cannot break a request apart when it is replayed. */
public final class WireText {
    private WireText() {}

    /** Byte for byte. */
    public static String plain(byte[] b, int from, int to) {
        return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** A header's name or value: UTF-8 where it is, else ISO 8859-1, as HTTP once said; controls become spaces. */
    public static String value(byte[] b, int from, int to) {
        String text = isAscii(b, from, to) ? plain(b, from, to) : decode(b, from, to);
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) return withoutControls(text).strip();
        }
        return text.strip();
    }

    /** A target, read byte for byte: what is not visible ASCII is percent-encoded, as a client should have done. */
    public static String target(String bytes) {
        return HttpWords.target(bytes);
    }

    private static String decode(byte[] b, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(b, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return plain(b, from, to);
        }
    }

    private static String withoutControls(String text) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) if (isControl(clean.charAt(i))) clean.setCharAt(i, ' ');
        return clean.toString();
    }

    private static boolean isAscii(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) if (b[i] < 0) return false;
        return true;
    }

    private static boolean isControl(char c) {
        return c < 0x20 || c >= 0x7f && c < 0xa0;
    }
}
