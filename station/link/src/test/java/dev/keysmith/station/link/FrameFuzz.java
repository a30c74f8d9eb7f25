package dev.keysmith.station.link;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the other side sends is a frame, an unknown one, or refused. */
class FrameFuzz {

  @FuzzTest
  void isDecodedOrRefused(byte[] received) {
    try {
      Frames.decode(received).ifPresent(Frames::encode);
    } catch (LinkException e) {
      // As it must be.
    }
  }
}
