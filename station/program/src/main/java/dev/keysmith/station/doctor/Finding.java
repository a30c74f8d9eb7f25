package dev.keysmith.station.doctor;

/**
 * What a check found.
 *
 * @param subject what was checked, in a word
 * @param words what was found, and the remedy
 */
public record Finding(Verdict verdict, String subject, String words) {

  /** How bad it is. */
  public enum Verdict {
    OK,
    WARNING,
    PROBLEM
  }

  static Finding ok(String subject, String words) {
    return new Finding(Verdict.OK, subject, words);
  }

  static Finding warning(String subject, String words) {
    return new Finding(Verdict.WARNING, subject, words);
  }

  static Finding problem(String subject, String words) {
    return new Finding(Verdict.PROBLEM, subject, words);
  }
}
