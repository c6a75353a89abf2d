package io.tierdrill.load.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestClassesTest {
    private static RequestRecord request(String path) {
        return new RequestRecord(0, "c", "", "", "http", "GET", "", path, List.of(), Body.none(), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "/, GET /",
        "/cart, GET /cart",
        "/cart/, GET /cart/",
        "/cart/8231/items?page=2, GET /cart/{n}/items",
        "/u/9f1c0a6e-1f2b-4c3d-8e9f-0a1b2c3d4e5f, GET /u/{uuid}",
        "/f/deadbeef01, GET /f/{hex}",
        "/f/deadbeef, GET /f/deadbeef",
        "/cat-17.jpeg, GET /cat-{n}.jpeg",
        "/8231.jpg, GET /{n}.jpg",
        "/api/v2/users, GET /api/v2/users",
        "/s/tdpbcdfghjklmnpqrstvw, GET /s/{id}",
        "/t/aZ81kQpL09xMn3Rt5s, GET /t/{id}",
        "/song.mp3, GET /song.mp3",
        "/a/b/c/d/e/f/g/h/i/j/k, GET /a/b/c/d/e/f/g/h/...",
        "*, GET *"
    })
    void putsAGapWhereObjectsDiffer(String path, String name) {
        assertThat(RequestClasses.name(request(path))).isEqualTo(name);
    }

    @Test
    void garblesNothing() {
        assertThat(RequestClasses.name(request("/a\n\u001b[31m"))).isEqualTo("GET /a??[{n}m");
        assertThat(RequestClasses.line(request("/a\nb?c"))).isEqualTo("GET /a?b?c");
    }

    @Test
    void putsWhatIsBeyondTheLimitTogether() {
        RequestClasses classes = new RequestClasses();
        for (int i = 0; i < 5_000; i++) classes.of(request("/" + letters(i)));
        assertThat(classes.of(request("/" + letters(0)))).isEqualTo(1);
        assertThat(classes.of(request("/" + letters(4_999)))).isEqualTo(RequestClasses.OTHER);
        assertThat(classes.name(RequestClasses.OTHER)).isEqualTo("other");
        assertThat(classes.line(RequestClasses.OTHER)).isEqualTo("GET /" + letters(RequestClasses.MOST));
    }

    private static String letters(int number) {
        return Integer.toString(number)
                .chars()
                .mapToObj(c -> "" + (char) ('g' + c - '0'))
                .reduce("", String::concat);
    }
}
