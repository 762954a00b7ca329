package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.http.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Percent-encoding")
class PercentEncodingTest {

    // What RFC 3986 allows in a segment, but for the plus sign.
    private static final String PLAIN = "azAZ09-._~!$&'()*,;=:@";

    @Test
    @DisplayName("leaves what may stand in a path, and encodes all else in UTF-8")
    void encode() {
        assertThat(PercentEncoding.encode(PLAIN)).isEqualTo(PLAIN);
        assertThat(PercentEncoding.encode(PLAIN + "é😀")).isEqualTo(PLAIN + "%C3%A9%F0%9F%98%80");
        assertThat(PercentEncoding.encode("/`{[^+% ?#")).isEqualTo("%2F%60%7B%5B%5E%2B%25%20%3F%23");
    }

    @Test
    @DisplayName("takes a plus sign in a query for a space, and in a path for itself")
    void plus() {
        assertThat(PercentEncoding.decodePath("/a+b/c+d%2F")).containsExactly("a+b", "c+d/");
        assertThat(PercentEncoding.decodeQuery("a+b=c+d&e=%2B")).isEqualTo(Map.of("a b", "c d", "e", "+"));
    }

    @Test
    @DisplayName("takes a parameter without an equals sign for an empty one, and a name may be empty")
    void equalsSigns() {
        assertThat(PercentEncoding.decodeQuery("a&b=&&=c&d=e=f"))
                .isEqualTo(Map.of("a", "", "b", "", "", "c", "d", "e=f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/ ", "/#", "/\u007f", "/é", "/%", "/%2", "/%2g", "/%g2", "/%C3", "/%FF"})
    @DisplayName("refuses what is malformed")
    void malformed(String path) {
        assertThatThrownBy(() -> PercentEncoding.decodePath(path)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/!", "/~", "/%7f", "/%20"})
    @DisplayName("takes what stands next to that")
    void wellFormed(String path) {
        assertThat(PercentEncoding.decodePath(path))
                .hasSize(1)
                .first()
                .asString()
                .hasSize(1);
    }
}
