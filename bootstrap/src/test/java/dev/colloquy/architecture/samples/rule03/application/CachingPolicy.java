package dev.colloquy.architecture.samples.rule03.application;

import com.github.benmanes.caffeine.cache.Ticker;

/** A policy with a technology. */
record CachingPolicy(Ticker ticker) {}
