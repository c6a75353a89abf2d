package io.tierdrill.load.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "/cart, /cart, true",
        "/cart, /cart/, false",
        "/api/*, /api/a/b, true",
        "/api/*, /api/, true",
        "/api/*, /api, false",
        "/*.jpeg, /a/cat.jpeg, true",
        "/*.jpeg, /a/cat.jpegs, false",
        "/cart/{id}, /cart/17, true",
        "/cart/{id}, /cart/, false",
        "/cart/{id}, /cart/17/items, false",
        "/cart/{id}/*, /cart/17/items, true",
        "/a.b+c, /a.b+c, true",
        "/a.b, /axb, false"
    })
    void matches(String pattern, String path, boolean expected) {
        assertThat(PathPattern.parse(pattern).orElseThrow().matches(path)).isEqualTo(expected);
    }

    @Test
    void findsWhereAGapStands() {
        PathPattern pattern = PathPattern.parse("/shops/*/cart/{id}").orElseThrow();
        assertThat(pattern.names()).containsExactly("id");
        assertThat(pattern.find("/shops/7/cart/8231", "id")).hasValue(new int[] {14, 18});
        assertThat(pattern.find("/shops/7", "id")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cart", "", "/a b", "/a?b", "/a{", "/a}", "/{a}{a}", "/{1}", "/a\nb", "/*a*b*c*d*e*f*g*h*i*j*k"})
    void refuses(String text) {
        assertThat(PathPattern.parse(text)).isEmpty();
    }

    @Test
    void isEqualByItsText() {
        assertThat(PathPattern.parse("/a/*"))
                .isEqualTo(PathPattern.parse("/a/*"))
                .isNotEqualTo(PathPattern.parse("/b"));
        assertThat(PathPattern.parse("/a/*").orElseThrow()).hasToString("/a/*");
    }

    @Test
    @Timeout(10)
    void takesBoundedTimeOnHostilePaths() {
        PathPattern pattern = PathPattern.parse("/*a*a*a*a*a*a*a*a*b").orElseThrow();
        assertThat(pattern.matches("/" + "a".repeat(60_000))).isFalse();
    }
}
