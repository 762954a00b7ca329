package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every metric that is named")
class DashboardTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern METRIC = Pattern.compile("\\b(?:http|db|colloquy|jvm|process|system)_[a-z_]+\\b");
    private static final Pattern LABEL = Pattern.compile("http_route|http_response_status_code|db_operation_name");

    private static final Set<String> SCRAPED = new TreeSet<>();

    /** Redis is not there, which is enough for its metrics to be. */
    @BeforeAll
    static void scrape() throws Exception {
        scrape(Map.of("PORT", "0"));
        scrape(Map.of("PORT", "0", "REDIS_URL", "redis://127.0.0.1:1"));
    }

    @Test
    @DisplayName("in the dashboard is there in a real scrape")
    void dashboard() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(DOCS.resolve("grafana-dashboard.json").toFile());
        String expressions = dashboard.findValuesAsText("expr").stream().collect(Collectors.joining("\n"));

        assertThat(metricsIn(expressions)).hasSizeGreaterThan(15);
        assertThat(SCRAPED).containsAll(metricsIn(expressions));
    }

    @Test
    @DisplayName("in an alert is there in a real scrape")
    void alerts() throws Exception {
        String page = Files.readString(DOCS.resolve("operating.md"));
        String alerts = page.substring(page.indexOf("```promql"), page.lastIndexOf("```"));

        assertThat(metricsIn(alerts)).hasSizeGreaterThan(5);
        assertThat(SCRAPED).containsAll(metricsIn(alerts));
    }

    private static Set<String> metricsIn(String text) {
        return METRIC.matcher(text)
                .results()
                .map(found -> found.group())
                .filter(name -> !LABEL.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void scrape(Map<String, String> environment) throws Exception {
        try (Service service = Service.start(environment);
                Client client = new Client(service.port());
                HttpClient http = HttpClient.newHttpClient()) {
            client.save("onboarding", "alex", "user", "Alex");
            URI metrics = URI.create("http://127.0.0.1:" + service.port() + "/metrics");
            String text = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .forEach(SCRAPED::add);
        }
    }
}
