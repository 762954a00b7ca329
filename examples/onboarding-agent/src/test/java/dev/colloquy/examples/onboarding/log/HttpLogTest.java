package dev.colloquy.examples.onboarding.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.colloquy.examples.onboarding.log.ConversationLog.Kept;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("With a service, the log")
class HttpLogTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({"204,STORED", "202,WAITING"})
    @DisplayName("tells a clear that is done from one that waits")
    void clear(int status, Kept expected) throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, -1);
            }
        });
        service.start();
        URI url = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        try (ConversationLog log = new HttpLog(url, null, "onboarding", "alex")) {
            assertThat(log.clear()).isEqualTo(expected);
        } finally {
            service.stop(0);
        }
    }
}
