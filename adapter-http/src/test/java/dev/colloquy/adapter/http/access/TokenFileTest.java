package dev.colloquy.adapter.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.error.InvalidValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The token file")
class TokenFileTest {

    private final AtomicLong nanos = new AtomicLong();
    private final NewToken ci = NewToken.make("ci", "onboarding,support", "read,write", new SecureRandom());
    private final NewToken reader = NewToken.make("reader", "*", "read", new SecureRandom());

    @TempDir
    private Path folder;

    private Path write(String... lines) throws IOException {
        return Files.writeString(folder.resolve("tokens"), String.join("\n", lines));
    }

    private TokenFile open(Path file) {
        return TokenFile.open(file, nanos::get);
    }

    @Test
    @DisplayName("recognises the tokens in it, and no other")
    void recognises() throws IOException {
        TokenFile tokens = open(write("# our tokens", "", ci.line(), reader.line()));

        assertThat(tokens.recognise(ci.token()).orElseThrow())
                .isEqualTo(new Caller(
                        "ci", Set.of("onboarding", "support"), Set.of(Caller.Scope.READ, Caller.Scope.WRITE), null));
        assertThat(tokens.recognise(reader.token()).orElseThrow().scopes()).containsExactly(Caller.Scope.READ);
        assertThat(tokens.recognise(ci.token() + "x")).isEmpty();
        assertThat(tokens.recognise("")).isEmpty();
    }

    @Test
    @DisplayName("may begin with a byte order mark, which is no part of a name")
    void byteOrderMark() throws IOException {
        assertThat(open(write("\uFEFF" + ci.line()))
                        .recognise(ci.token())
                        .orElseThrow()
                        .name())
                .isEqualTo("ci");
        assertThat(open(write("\uFEFF# our tokens", ci.line())).recognise(ci.token()))
                .isPresent();
    }

    @Test
    @DisplayName("does not hold the tokens themselves")
    void hashed() {
        assertThat(ci.line()).doesNotContain(ci.token());
        assertThat(ci.toString()).doesNotContain(ci.token());
    }

    @Test
    @DisplayName("is read again when it changes, and stays as it was when the change is broken")
    void reloads() throws IOException {
        Path file = write(ci.line());
        TokenFile tokens = open(file);

        write(ci.line(), reader.line());
        assertThat(tokens.recognise(reader.token())).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(tokens.recognise(reader.token())).isPresent();

        write("broken");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(tokens.recognise(reader.token())).isPresent();

        Files.delete(file);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(tokens.recognise(reader.token())).isPresent();

        write(reader.line());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(tokens.recognise(ci.token())).isEmpty();
    }

    @Test
    @DisplayName("that could not be read is tried again, also if its time and size stay the same")
    void mendedWithoutChange() throws IOException {
        Path file = write(ci.line());
        TokenFile tokens = open(file);
        FileTime changed = FileTime.from(Instant.EPOCH);
        // Not UTF-8: reading fails for whoever runs the tests, also for root, whom permissions do not stop.
        byte[] unreadable = reader.line().getBytes(StandardCharsets.UTF_8);
        unreadable[0] = (byte) 0xFF;
        Files.write(file, unreadable);
        Files.setLastModifiedTime(file, changed);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(tokens.recognise(ci.token())).isPresent();

        write(reader.line());
        Files.setLastModifiedTime(file, changed);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(tokens.recognise(reader.token())).isPresent();
        assertThat(tokens.recognise(ci.token())).isEmpty();
    }

    @Test
    @DisplayName("is read again also if its time and size stay the same when a token is replaced")
    void replacedWithoutChange() throws IOException {
        FileTime changed = FileTime.from(Instant.EPOCH);
        Path file = write(ci.line());
        Files.setLastModifiedTime(file, changed);
        TokenFile tokens = open(file);
        NewToken newer = NewToken.make("ci", "onboarding,support", "read,write", new SecureRandom());

        write(newer.line());
        Files.setLastModifiedTime(file, changed);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(tokens.recognise(newer.token())).isPresent();
        assertThat(tokens.recognise(ci.token())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "name abc * read",
                "name zz * read",
                "name 0000000000000000000000000000000000000000000000000000000000000000 a:b read",
                "name 0000000000000000000000000000000000000000000000000000000000000000 * admin"
            })
    @DisplayName("is refused at the start with the number of the line at fault")
    void refused(String line) {
        assertThatThrownBy(() -> open(write("# first", line)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("COLLOQUY_TOKENS_FILE, line 2");
    }

    @ParameterizedTest
    @CsvSource({
        "two words, *, read, NAME",
        "'', *, read, NAME",
        "#ci, *, read, NAME",
        "ci, on:boarding, read, AGENTS",
        "ci, '', read, AGENTS",
        "ci, *, admin, SCOPES"
    })
    @DisplayName("gets no line that it would refuse")
    void noSuchToken(String name, String agents, String scopes, String field) {
        assertThatThrownBy(() -> NewToken.make(name, agents, scopes, new SecureRandom()))
                .isInstanceOfSatisfying(
                        InvalidValue.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    @DisplayName("without a token is allowed, as tokens may come later")
    void empty() throws IOException {
        Path file = write("# nobody yet");
        TokenFile tokens = open(file);
        assertThat(tokens.recognise(ci.token())).isEmpty();

        write(ci.line());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(tokens.recognise(ci.token())).isPresent();
    }

    @Test
    @DisplayName("must be there")
    void missing() {
        assertThatThrownBy(() -> open(folder.resolve("none"))).hasMessageContaining("COLLOQUY_TOKENS_FILE");
    }

    @Test
    @DisplayName("may hold the hashes in capital letters")
    void capitals() throws IOException {
        String[] words = ci.line().split(" ", -1);
        words[1] = words[1].toUpperCase(Locale.ROOT);

        assertThat(open(write(String.join(" ", words))).recognise(ci.token())).isPresent();
    }
}
