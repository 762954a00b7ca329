package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The digest of an id in the trail")
class ShortDigestTest {

    @Test
    @DisplayName("has three digits that JSON need not escape, whatever the id")
    void threeDigits() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder id = new StringBuilder();
            random.ints(1 + random.nextInt(128), 33, 127).forEach(c -> id.append((char) c));
            assertThat(ShortDigest.of(id.toString())).matches("[A-Za-z0-9_-]{3}");
        }
    }

    @Test
    @DisplayName("differs among ids that hardly differ")
    void spread() {
        Set<String> digests = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            digests.add(ShortDigest.of("01J9ZQ3K5T8VAAAAAAAAAA" + i));
        }
        assertThat(digests).hasSizeGreaterThan(990);
    }
}
