import { Bone, TableSkeleton } from '@/ui/states';
import { Panel } from '@/ui/page';
import styles from './abc.module.css';

export function AbcSkeleton() {
  return (
    <>
      <Bone width="60%" height={30} />
      <div className={styles.figures}>
        {Array.from({ length: 7 }, (_, index) => (
          <div className={styles.figure} key={index}>
            <Bone width={70} />
            <Bone width={90} height={24} />
          </div>
        ))}
      </div>
      <Panel><Bone width="100%" height={320} /></Panel>
      <Panel flush><TableSkeleton rows={6} columns={6} /></Panel>
    </>
  );
}
