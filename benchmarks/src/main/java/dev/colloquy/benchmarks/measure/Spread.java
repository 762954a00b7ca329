package dev.colloquy.benchmarks.measure;

import java.util.Arrays;

/**
 * A median and how far the rounds lie apart.
 *
 * @param median the middle value, or the mean of the two in the middle
 * @param low the lowest value
 * @param high the highest value
 * @param rounds how many values there are, from 1
 */
public record Spread(double median, double low, double high, int rounds) {

    /**
     * The spread of some values.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no value");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** Half the distance between the extremes, in percent of the median; 0 if the median is 0. */
    public double percent() {
        return median == 0 ? 0 : (high - low) / 2 / median * 100;
    }
}
