package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import java.net.ConnectException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.client.RedisException;

@DisplayName("What Redis answers, in the words of the domain")
class RedisErrorsTest {

    private static ColloquyException translated(String text) {
        return RedisErrors.translate(new CompletionException(new RedisException(text + ". command: s3cret")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR max requests limit exceeded. Limit: 500000, Usage: 500000",
                "ERR max daily request limit exceeded",
                "ERR DB capacity quota exceeded",
                "ERR max request size exceeded. Limit: 10485760 bytes",
                "OOM command not allowed when used memory > 'maxmemory'."
            })
    @DisplayName("quotas and sizes are limits, which trying again does not lift")
    void limits(String text) {
        assertThat(translated(text))
                .isInstanceOf(StoreLimitReached.class)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOAUTH Authentication required.",
                "WRONGPASS invalid username-password pair or user is disabled.",
                "NOPERM this user has no permissions to run the 'rpush' command",
                "ERR The user executing the script can't run this command or subcommand",
                "ERR ACL failure in script: User agent has no permissions to run the 'rpush' command",
                "ERR ACL failure in script: No permissions to access a key"
            })
    @DisplayName("logins and permissions are refusals, which name the setting")
    void refusals(String text) {
        assertThat(translated(text))
                .isInstanceOf(StoreAccessRefused.class)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR DB index is out of range",
                "ERR invalid DB index",
                "ERR SELECT is not allowed in cluster mode",
                "DENIED Redis is running in protected mode because protected mode is enabled and no password is set",
                "ERR This instance has cluster support disabled",
                "ERR unknown command 'SENTINEL', with args beginning with: 'get-master-addr-by-name' 'm' ",
                "ERR unknown command `SENTINEL`, with args beginning with: ",
                "Master node is undefined! SENTINEL GET-MASTER-ADDR-BY-NAME command returns empty result!"
            })
    @DisplayName("an address of another kind of Redis is a refusal, which names the setting")
    void wrongAddress(String text) {
        assertThat(translated(text))
                .isInstanceOf(StoreAccessRefused.class)
                .hasMessageContaining("REDIS_URL")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @DisplayName("whatever else it answers is not called silence, and not quoted but for its first word")
    void unknownAnswer() {
        assertThat(translated("ERR unheard of")).hasMessage("Redis answers ERR");
        assertThat(translated("something unheard of")).hasMessageContaining("did not answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "READONLY You can't write against a read only replica.",
                "CLUSTERDOWN The cluster is down",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "ERR max number of clients reached",
                "something unheard of"
            })
    @DisplayName("everything else can pass")
    void passing(String text) {
        assertThat(translated(text))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR unheard of. channel: [id: 0x1, L:/127.0.0.1:1] data: CommandData [params=[NOPERM, OOM command not "
                        + "allowed, max requests limit exceeded, NOSCRIPT, CROSSSLOT, NOAUTH]]",
                "Redis server response timeout (2000 ms) occured. Command: (EVALSHA), params: [NOPERM permissions to "
                        + "access, OOM command not allowed, NOSCRIPT, CROSSSLOT, WRONGPASS, compiling script, WRONGTYPE]"
            })
    @DisplayName("are not taken from what a user wrote, which the client quotes behind them")
    void quoted(String text) {
        RedisException failure = new RedisException(text);

        assertThat(RedisErrors.translate(failure)).isInstanceOf(StoreUnavailable.class);
        assertThat(RedisErrors.isUnknownScript(failure)).isFalse();
        assertThat(RedisErrors.isWrongType(failure)).isFalse();
        assertThat(RedisErrors.refusesKeys(failure)).isFalse();
        assertThat(RedisErrors.refusesSeveralSlots(failure)).isFalse();
        assertThat(RedisErrors.refusesKeyLocking(failure)).isFalse();
    }

    @Test
    @DisplayName("a refused connection, which the client wraps in a bare exception, is an outage")
    void refusedConnection() {
        RedisException bare = new RedisException(new ConnectException("Connection refused: redis://u:s3cret@host"));

        assertThat(RedisErrors.translate(bare))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("ConnectException")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @DisplayName("a connection that breaks in a TLS handshake, or a handshake that takes too long, is an outage")
    void brokenHandshake() {
        SSLException reset = new SSLException("broken", new SocketException("Connection reset"));
        SSLException timeout = new SSLHandshakeException("handshake timed out after 1000ms") {
            private static final long serialVersionUID = 1;
        };

        assertThat(RedisErrors.translate(new RedisException(reset))).isInstanceOf(StoreUnavailable.class);
        assertThat(RedisErrors.translate(new RedisException(timeout))).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    @DisplayName("a certificate that is not trusted is a refusal, wherever it stands in the chain")
    void certificate() {
        SSLException broken = new SSLException("broken", new CertificateException("not trusted"));

        assertThat(RedisErrors.translate(new RedisException(broken))).isInstanceOf(StoreAccessRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOPERM this user has no permissions to run the 'info' command",
                "NOPERM User agent has no permissions to run the 'info' command",
                "ERR unknown command 'INFO', with args beginning with: 'server' ",
                "ERR Command is not available: 'INFO'"
            })
    @DisplayName("a command that a server or a user does not have is told from an outage")
    void refusedCommand(String text) {
        assertThat(RedisErrors.refusesCommand(new RedisException(text + ". command: (INFO)")))
                .isTrue();
        assertThat(RedisErrors.refusesCommand(new RedisException("LOADING Redis is loading. command: (INFO)")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MOVED ann", "OOM command not allowed", "WRONGPASS"})
    @DisplayName("errors of the domain stay as they are, whatever the names in their texts look like")
    void known(String user) {
        ColloquyException known = new StoredDataUnreadable("onboarding:" + user, "an element is no JSON", null);
        assertThat(RedisErrors.translate(known, false)).isSameAs(known);
        assertThat(RedisErrors.translate(new CompletionException(known), false)).isSameAs(known);
    }
}
