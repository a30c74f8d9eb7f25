package dev.keysmith.station.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkVersionTest {

  @Test
  void worksWithTheNextOnesOnBothSides() {
    LinkVersion version = new LinkVersion(1, 2);

    assertThat(version.worksWith(new LinkVersion(1, 1))).isTrue();
    assertThat(version.worksWith(new LinkVersion(1, 3))).isTrue();
    assertThat(version.worksWith(new LinkVersion(1, 0))).isFalse();
    assertThat(version.worksWith(new LinkVersion(1, 4))).isFalse();
    assertThat(version.worksWith(new LinkVersion(2, 2))).isFalse();
  }

  @Test
  void tellsWhichSideIsOlder() {
    assertThat(new LinkVersion(1, 2)).isLessThan(new LinkVersion(1, 3));
    assertThat(new LinkVersion(1, 9)).isLessThan(new LinkVersion(2, 0));
    assertThat(new LinkVersion(1, 2)).hasToString("1.2");
  }
}
