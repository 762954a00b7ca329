package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.error.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings of Redis")
class RedisSettingsTest {

    @Test
    @DisplayName("take host, port and database from the URL")
    void single() {
        RedisUrl url = RedisUrl.parse("redis://127.0.0.1:7000/3");

        assertThat(url.topology()).isEqualTo(RedisUrl.Topology.SINGLE);
        assertThat(url.tls()).isFalse();
        assertThat(url.addresses()).containsExactly("127.0.0.1:7000");
        assertThat(url.database()).isEqualTo(3);
        assertThat(RedisUrl.parse("redis://cache").addresses()).containsExactly("cache:6379");
        assertThat(RedisUrl.parse("redis://[::1]:7000").addresses()).containsExactly("[::1]:7000");
        assertThat(RedisUrl.parse("redis://my_cache.a-b.internal").addresses())
                .containsExactly("my_cache.a-b.internal:6379");
    }

    @Test
    @DisplayName("take a trust store only if it can be read and has certificates")
    void trustStore(@TempDir Path directory) throws IOException {
        RedisSettings settings = RedisSettings.of("rediss://127.0.0.1");
        Path trusted = RedisServer.trustStore();
        Path empty = Files.createFile(directory.resolve("empty"));

        settings.withTrustStore(trusted, RedisServer.trustStorePassword());
        assertThatThrownBy(() -> settings.withTrustStore(trusted, "secret"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("trust store")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> settings.withTrustStore(empty, null)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> settings.withTrustStore(directory, null)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> settings.withTrustStore(directory.resolve("none"), null))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    @DisplayName("decode user and password, in which a plus is a plus")
    void login() {
        RedisUrl url = RedisUrl.parse("rediss://ag%40ent:p%3Ass%2Fw%25+@host:1");

        assertThat(url.tls()).isTrue();
        assertThat(url.user()).isEqualTo("ag@ent");
        assertThat(url.password()).isEqualTo("p:ss/w%+");
        assertThat(RedisUrl.parse("redis://:only@host").user()).isNull();
        assertThat(RedisUrl.parse("redis://:only@host").password()).isEqualTo("only");
        assertThat(RedisUrl.parse("redis://only@host").password()).isEqualTo("only");
        assertThat(RedisUrl.parse("redis://open:@host").user()).isEqualTo("open");
        assertThat(RedisUrl.parse("redis://open:@host").password()).isEmpty();
        assertThat(RedisUrl.parse("redis://:@host").password()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "redis://a:1,b:2 CLUSTER",
                "rediss://u:p@a:1,b:2 CLUSTER",
                "redis+cluster://a CLUSTER",
                "rediss+cluster://a:1 CLUSTER",
                "redis+sentinel://a:1,b/mymaster SENTINEL",
                "redis+sentinel://:p@a:1,b/mymaster?db=2 SENTINEL"
            })
    @DisplayName("know clusters and sentinels by the URL")
    void topologies(String url, RedisUrl.Topology topology) {
        assertThat(RedisUrl.parse(url).topology()).isEqualTo(topology);
    }

    @Test
    @DisplayName("take the master's name and the database of sentinels from the URL")
    void sentinels() {
        RedisUrl url = RedisUrl.parse("redis+sentinel://a:1,b/mymaster?db=2");

        assertThat(url.addresses()).containsExactly("a:1", "b:26379");
        assertThat(url.master()).isEqualTo("mymaster");
        assertThat(url.database()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "http://u:s3cret@host",
                "redis://u:s3cret@",
                "redis://u:s3cret@host:99999",
                "redis://u:s3cret@host:0",
                "redis://u:s3cret@host/db",
                "redis://u:s3cret@a,b/1",
                "redis://u:s3cret@a,,b",
                "redis+sentinel://u:s3cret@a",
                "redis://u:s3cret%@host",
                "redis://u:s3cret@host name",
                "redis://default:s3cret",
                "redis://host:6379?password=s3cret",
                "redis+cluster://a,b/0?db=5",
                "redis://host/1?db=2",
                "redis://host#x",
                "redis://a%b",
                "redis://a\"b",
                "redis://[::1",
                "s3cret"
            })
    @DisplayName("refuse what is no such URL, and never show the password")
    void refused(String url) {
        assertThatThrownBy(() -> RedisSettings.of(url))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("REDIS_URL"))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @DisplayName("show the address and no password")
    void text() {
        assertThat(RedisSettings.of("rediss://u:s3cret@host:1").toString()).isEqualTo("rediss://host:1");
        assertThat(RedisUrl.parse("redis://u:s3cret@a,b").toString()).doesNotContain("s3cret");
    }

    @Test
    @DisplayName("keep every figure in its range")
    void ranges() {
        RedisSettings settings = RedisSettings.of("redis://host");
        assertThatThrownBy(() -> settings.withConnections(10)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> settings.withConnections(0)).isInstanceOf(InvalidValue.class);
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new RedisSettings.Patience(second, second, second, 4, second, 5, second))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(
                        () -> new RedisSettings.Patience(second, second, Duration.ofMillis(500), 3, second, 5, second))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new RedisSettings.Patience(second, Duration.ZERO, second, 3, second, 5, second))
                .isInstanceOf(InvalidValue.class);
    }
}
