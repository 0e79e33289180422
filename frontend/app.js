import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { startCopying } from "./copy.js";
import { startPasskeys } from "./passkeys.js";
import { startPrinting, unfoldForPrint } from "./print.js";
import { startTimeLeft } from "./time-left.js";

const parts = [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink];
parts.forEach((part) => createAll(part));
startCopying(document);
startPasskeys(document);
startTimeLeft(document);
startPrinting(window);
unfoldForPrint(window);
