package dev.colloquy.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A spread")
class SpreadTest {

    @Test
    @DisplayName("has the middle value as its median, in whatever order the values came")
    void odd() {
        assertThat(Spread.of(9, 1, 4)).isEqualTo(new Spread(4, 1, 9, 3));
    }

    @Test
    @DisplayName("has the mean of the two middle values as its median if their number is even")
    void even() {
        assertThat(Spread.of(8, 2, 4, 1).median()).isEqualTo(3);
    }

    @Test
    @DisplayName("says how far the extremes lie apart, in percent of the median")
    void percent() {
        assertThat(Spread.of(90, 100, 110).percent()).isEqualTo(10);
        assertThat(Spread.of(0, 0).percent()).isZero();
    }

    @Test
    @DisplayName("needs a value")
    void nothing() {
        assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
    }
}
