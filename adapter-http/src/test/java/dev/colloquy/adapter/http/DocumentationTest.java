package dev.colloquy.adapter.http;

import static dev.colloquy.adapter.http.Answers.assertProblem;
import static dev.colloquy.adapter.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The description of the API")
class DocumentationTest {

    private Client client;

    @BeforeEach
    void start() {
        client = Client.ofNewServer();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    /openapi                  | application/json
                    /docs                     | text/html; charset=utf-8
                    /docs/docs.js             | text/javascript; charset=utf-8
                    /docs/docs.css            | text/css; charset=utf-8
                    /docs/swagger-ui-bundle.js| text/javascript; charset=utf-8
                    /docs/swagger-ui.css      | text/css; charset=utf-8
                    /docs/favicon-32x32.png   | image/png
                    """, delimiter = '|')
    @DisplayName("is served with the right media types, each time the same")
    void served(String path, String mediaType) throws Exception {
        HttpResponse<String> answer = client.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo(mediaType);
        assertThat(answer.body()).isNotEmpty().isEqualTo(client.get(path).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/",
                "/docs/other.js",
                "/docs/..%2Fopenapi.json",
                "/docs/docs.html",
                "/docs/swagger-ui-bundle.js.map",
                "/docs/a/docs.js"
            })
    @DisplayName("has no other files")
    void missing(String path) throws Exception {
        assertProblem(client.get(path), 404, "not-found");
    }

    @Test
    @DisplayName("is a page that loads files of this service only")
    void loadsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = client.get("/docs");

        assertThat(header(page, "Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe", "http:", "https:", "*");
        List<String> loaded = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(page.body())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(loaded).hasSizeGreaterThanOrEqualTo(5);
        for (String reference : loaded) {
            assertThat(client.get("/" + reference).statusCode()).as(reference).isEqualTo(200);
        }
        assertThat(client.get("/docs/docs.js").body()).contains("url: 'openapi'");
    }
}
