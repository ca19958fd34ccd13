/** `fill.ts FILE BYTES JOURNAL`: makes a production file. */
import { fillProduction } from './production.ts';

const [file = '', bytes = '', journal] = process.argv.slice(2);
fillProduction(file, Number(bytes), journal === 'wal' ? 'wal' : 'delete');
